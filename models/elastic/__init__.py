"""One model as a ladder of quantizations, its upgrade blocks in one stack, swapped in the live model."""
