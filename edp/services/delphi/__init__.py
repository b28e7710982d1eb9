"""A Delphi study: prepared and begun, rated, closed round by round."""
