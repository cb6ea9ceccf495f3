"""How the program reads: one module or package a stage, in the order of the pipeline."""
