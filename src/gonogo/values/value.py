"""The one union of everything a fact or a parameter can be."""

from gonogo.values.amounts import Amount
from gonogo.values.names import Name
from gonogo.values.times import Moment, Period

Value = str | bool | Amount | Period | Moment | Name | tuple[str, ...]
