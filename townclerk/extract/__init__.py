"""How the program reads: one module or package a stage, in the order of the pipeline."""

import gc

# What other libraries have loaded by now stays as long as the process: spaCy's hundred thousand objects would be walked
# over for garbage while these modules load, a sixth of the time to start.
gc.freeze()
