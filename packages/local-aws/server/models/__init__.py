"""The resource types of CloudFormation, one file per family of services; importing a file registers its types."""

import importlib
import pkgutil

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f'{__name__}.{module.name}')
