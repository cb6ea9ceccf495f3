"""The held-back part: layouts and wording used only for measuring, written by someone who has not seen the reader.

What goes where:

- `held/layouts/NAME.py`: a module with `compose(speaker: Speaker) -> Report`; its name is the layout's name.
  Modules that begin with an underscore are helpers. The layouts of the open part show how; their `_parts` may be used.
- `held/wording/*.yaml`: pools of sentences; a pool replaces the open pool of the same name, others stay.
- `held/words.yaml`: `measures:` by id with any of names, short, codes, legacy, np, pop, did, things, and `slots:`; each
  list given replaces the open one.

`python -m tests.factory --part held` then makes reports of it, and `python -m tests.factory.check --part held` checks
their gold. Nobody looks at these reports to mend a rule. A held-back part that has been looked at moves to
`tests/factory/former/`, and another takes its place.
"""
