"""The commands: one thin function each, by group. Whatever is heavy is imported when a command needs it."""
