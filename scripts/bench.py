"""`make bench`: set up what is missing, then measure the busiest pages."""

import os
import sys

import environment
import machine
import styles

if __name__ == "__main__":
    machine.start()
    with machine.alone():
        machine.prepare()
        environment.prepare("dev")
        styles.build()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.execv(machine.PYTHON, [str(machine.PYTHON), "-m", "bench", *sys.argv[1:]])
