import { cognitiveServicesOpenAIUser } from 'roles.bicep'

@description('A model and how much of it.')
@export()
type modelType = {
  @description('Name of the model, for example gpt-5-mini. It names the deployment too.')
  name: string

  @description('Version of the model.')
  version: string

  @description('Kind of deployment, for example GlobalStandard or Standard.')
  sku: string

  @description('Thousands of tokens a minute.')
  capacity: int
}

@description('Name of the Azure OpenAI account, and the first part of its address.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Name of the identity that the app runs as.')
param identityName string

@description('Object id of the same identity.')
param principalId string

@description('The model that answers in sentences.')
param chat modelType

@description('The model that turns text into vectors.')
param embedding modelType

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: {
    name: 'S0'
  }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

// One at a time: the account refuses two changes at once.
@batchSize(1)
resource deployments 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [
  for model in [chat, embedding]: {
    parent: account
    name: model.name
    sku: {
      name: model.sku
      capacity: model.capacity
    }
    properties: {
      model: {
        format: 'OpenAI'
        name: model.name
        version: model.version
      }
      versionUpgradeOption: 'OnceCurrentVersionExpired'
    }
  }
]

resource calls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, cognitiveServicesOpenAIUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cognitiveServicesOpenAIUser)
  }
}

output endpoint string = account.properties.endpoint
