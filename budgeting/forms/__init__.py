"""The shape of what people send; rules are checked by the services."""
