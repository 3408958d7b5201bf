"""What a job is: it takes the present time and a way to know that it should stop, and returns how many things it did."""

from collections.abc import Callable
from datetime import datetime

Stopping = Callable[[], bool]
Job = Callable[[datetime, Stopping], int]
