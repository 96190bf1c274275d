"""Budgets."""

from ..api import Properties
from ..cloudformation.resource import Resource


class Budget(Resource):
    cf_resource_type = 'AWS::Budgets::Budget'
    service = 'budgets'
    name_limit = 100

    def create(self, properties: Properties) -> None:
        self.known(properties, 'Budget', 'NotificationsWithSubscribers', 'ResourceTags')
        self.physical_resource_id = properties['Budget'].get('BudgetName') or self.name()
        self._create(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        # moto has no UpdateBudget.
        self.delete()
        self._create(properties)

    def _create(self, properties: Properties) -> None:
        wanted = {**properties, 'Budget': {**properties['Budget'], 'BudgetName': self.physical_resource_id}}
        self.call('CreateBudget', wanted, AccountId=self.account_id)

    def delete(self) -> None:
        self.call('DeleteBudget', AccountId=self.account_id, BudgetName=self.physical_resource_id)
