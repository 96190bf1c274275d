"""Corrections of moto's services where AWS differs; they apply to this process only."""

import importlib
import pkgutil


def install() -> None:
    """Imports every file of this package, then installs each, in the order of their names."""
    modules = [importlib.import_module(f'{__name__}.{module.name}') for module in pkgutil.iter_modules(__path__)]
    for module in modules:
        module.install()
