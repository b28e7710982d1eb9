"""The way of an idea: written, submitted, admitted or sent back, merged, judged."""

from .admission import admit_idea, return_idea, screen_out_idea, take_up_again, translate_idea
from .errors import (
    BareSector,
    IdeaDecided,
    IdeaIncomplete,
    IdeasClosed,
    NotInReview,
    NotMergeable,
    ReasonsMissing,
    SourceElsewhere,
    SourcesMissing,
)
from .merging import merge_ideas
from .moving import move_idea
from .sources import add_source, remove_source
from .writing import IdeaWords, are_ideas_taken, rewrite_idea, start_idea, submit_idea

__all__ = [
    "BareSector",
    "IdeaDecided",
    "IdeaIncomplete",
    "IdeaWords",
    "IdeasClosed",
    "NotInReview",
    "NotMergeable",
    "ReasonsMissing",
    "SourceElsewhere",
    "SourcesMissing",
    "add_source",
    "admit_idea",
    "are_ideas_taken",
    "merge_ideas",
    "move_idea",
    "remove_source",
    "return_idea",
    "rewrite_idea",
    "screen_out_idea",
    "start_idea",
    "submit_idea",
    "take_up_again",
    "translate_idea",
]
