"""Corrections of moto's services where AWS differs; importing a file applies them to this process."""

import importlib
import pkgutil

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f'{__name__}.{module.name}')
