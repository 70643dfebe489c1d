from __future__ import annotations

from second_me.models.jobs import Lane, Scheduler, Steps


class Workshop:
    """Jobs that note their steps and take a told time on a clock of their own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[str] = []
        self.scheduler = Scheduler(lambda: self.now)
        self._number = 0

    def add(self, lane: Lane, name: str, steps: int, seconds: float) -> int:
        self._number += 1
        self.scheduler.add(lane, self._number, self._work(name, steps, seconds))
        return self._number

    def _work(self, name: str, steps: int, seconds: float) -> Steps:
        for _ in range(steps):
            self.now += seconds
            self.done.append(name)
            yield

    def run(self, steps: int | None = None) -> str:
        while self.scheduler.busy() and steps != 0:
            self.scheduler.step()
            steps = steps - 1 if steps else None
        return "".join(self.done)


def test_an_urgent_job_goes_between_two_tokens() -> None:
    shop = Workshop()
    shop.add(Lane.ANSWER, "a", 4, 1.0)
    shop.run(2)
    shop.add(Lane.URGENT, "u", 1, 1.0)
    assert shop.run() == "aauaa"


def test_the_background_gets_a_tenth_of_an_answers_time() -> None:
    shop = Workshop()
    shop.add(Lane.ANSWER, "a", 1000, 0.02)
    shop.add(Lane.BACKGROUND, "b", 1000, 0.05)
    while shop.done.count("a") < 1000:
        shop.run(1)
    seconds = shop.done.count("b") * 0.05
    assert 0.05 <= seconds / (seconds + 20) <= 0.105


def test_the_background_has_all_the_idle_time() -> None:
    shop = Workshop()
    shop.add(Lane.BACKGROUND, "b", 5, 1.0)
    assert shop.run() == "bbbbb"


def test_a_measurement_waits_for_answers_and_urgent_jobs_but_not_for_the_background() -> None:
    shop = Workshop()
    shop.add(Lane.MEASURE, "m", 4, 1.0)
    shop.run(1)
    shop.add(Lane.ANSWER, "a", 2, 1.0)
    shop.add(Lane.URGENT, "u", 1, 1.0)
    assert shop.run() == "muaammm"
    shop.add(Lane.BACKGROUND, "b", 2, 1.0)
    shop.add(Lane.MEASURE, "m", 2, 1.0)
    assert shop.run().endswith("mmbb")


def test_answers_are_written_one_after_the_other() -> None:
    shop = Workshop()
    shop.add(Lane.ANSWER, "a", 2, 1.0)
    shop.add(Lane.ANSWER, "c", 2, 1.0)
    assert shop.run() == "aacc"


def test_a_cancelled_job_makes_no_further_step() -> None:
    shop = Workshop()
    number = shop.add(Lane.ANSWER, "a", 9, 1.0)
    shop.run(2)
    assert shop.scheduler.cancel(number)
    assert shop.run() == "aa"
    assert not shop.scheduler.cancel(number)


def test_work_of_the_rest_waits_for_everything_else() -> None:
    shop = Workshop()
    shop.add(Lane.REST, "r", 3, 1.0)
    shop.run(1)
    shop.add(Lane.BACKGROUND, "b", 2, 1.0)
    shop.add(Lane.ANSWER, "a", 2, 1.0)
    assert shop.run() == "rbaabrr", "an answer leaves the background its share"
    assert not shop.scheduler.busy()
