"""What the commands do between the arguments and the library: streams, faults, runs over many inputs."""
