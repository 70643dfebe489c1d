"""From facts to what a field wants: values are looked up in what the person said and written as the field asks for
them. Nothing is made up: every part of a value comes out of a fact's words, or means the same as one of them."""
