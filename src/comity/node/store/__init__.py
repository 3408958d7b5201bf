"""How acts, lists and custody events are written down: always inside the transaction of the use case that calls."""
