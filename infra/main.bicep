targetScope = 'subscription'

import { modelType } from 'modules/models.bicep'

@minLength(1)
@maxLength(40)
@description('Name of the environment: names the resource group, and with the subscription and the region every resource in it.')
param environmentName string

@minLength(1)
@description('Region of all resources. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Name of the resource group; empty for rg-{environmentName}.')
param resourceGroupName string = ''

@description('How far triage may go: off, shadow (nothing is written to a tracker), suggest or auto.')
@allowed(['off', 'shadow', 'suggest', 'auto'])
param autonomy string = 'shadow'

@description('App id of the GitHub App; empty where GitHub is not used. Needs the secrets github-private-key and github-webhook-secret.')
param gitHubAppId string = ''

@description('True where Azure DevOps is used, with the identity of the app. Needs the secret azuredevops-hook-secret.')
param useAzureDevOps bool = false

@description('Client id of the Microsoft Entra application by which people sign in to the pages; empty for none. Needs the secret signin-entra-secret.')
param signInEntraClientId string = ''

@description('Client id of the GitHub OAuth app by which people sign in to the pages; empty for none. Needs the secret signin-github-secret.')
param signInGitHubClientId string = ''

@description('Object id of the person or group who may put secrets into the key vault; empty for nobody.')
param vaultOfficerId string = ''

@description('Address that alerts are mailed to; empty for none.')
param alertEmail string = ''

@description('Most instances at a time. The cost lever of the plan.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Requests that one instance answers at a time; more of them start another instance.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 16

@description('Instances kept warm for webhooks. 0: the first webhook after a quiet time waits for a start.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Schedules: six fields, the first one seconds, in UTC.')
param schedules {
  @description('Starts deliveries that are still pending.')
  recover: string
  @description('Reads what changed and no webhook told.')
  reconcile: string
  @description('Asks for failed deliveries again, looks after service hooks.')
  redeliver: string
  @description('Examines what is out of date.')
  sweep: string
  @description('Looks at announced closes and at asks that were put off.')
  waits: string
  @description('Sends digests and other messages that are due.')
  digests: string
  @description('Learns from what people made of proposals.')
  learn: string
  @description('Forgets old deliveries.')
  housekeeping: string
} = {
  recover: '0 * * * * *'
  reconcile: '0 7 * * * *'
  redeliver: '0 12,42 * * * *'
  sweep: '0 0 2 * * *'
  waits: '0 22 * * * *'
  digests: '0 3,18,33,48 * * * *'
  learn: '0 0 4 * * *'
  housekeeping: '0 30 3 * * *'
}

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('GB of telemetry a day after which no more is taken in until the next day.')
@minValue(1)
param dailyQuotaGb int = 1

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 30

@description('True to make an Azure OpenAI account with a chat and an embedding deployment.')
param deployOpenAI bool = false

@description('Region of the Azure OpenAI account; empty for that of everything else.')
param openAILocation string = ''

@description('The model that answers in sentences: az cognitiveservices model list --location REGION.')
param chatModel modelType = {
  name: 'gpt-5-mini'
  version: '2025-08-07'
  sku: 'GlobalStandard'
  capacity: 30
}

@description('The model that turns text into vectors.')
param embeddingModel modelType = {
  name: 'text-embedding-3-small'
  version: '1'
  sku: 'GlobalStandard'
  capacity: 60
}

@description('True to keep the history of Durable Functions in a Durable Task Scheduler instead of the storage account. See docs/azure.md first.')
param useDurableTaskScheduler bool = false

@description('More app settings, name to value. A secret belongs into the key vault: @Microsoft.KeyVault(SecretUri=…).')
param extraSettings object = {}

var token = toLower(uniqueString(subscription().id, environmentName, location))
var identityName = 'id-${token}'
var applicationInsightsName = 'appi-${token}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: identityName
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    identityName: identityName
    principalId: identity.outputs.principalId
    dailyQuotaGb: dailyQuotaGb
    retentionInDays: retentionInDays
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    deploymentContainerName: 'deployments'
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    identityName: identityName
    principalId: identity.outputs.principalId
    vaultOfficerId: vaultOfficerId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module models 'modules/models.bicep' = if (deployOpenAI) {
  scope: group
  params: {
    name: 'oai-${token}'
    location: empty(openAILocation) ? location : openAILocation
    tags: tags
    identityName: identityName
    principalId: identity.outputs.principalId
    chat: chatModel
    embedding: embeddingModel
  }
}

module scheduler 'modules/scheduler.bicep' = if (useDurableTaskScheduler) {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    taskHubName: loadJsonContent('../host.json', '$.extensions.durableTask.hubName')
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsName: applicationInsightsName
    vaultUri: vault.outputs.uri
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    autonomy: autonomy
    schedules: schedules
    gitHubAppId: gitHubAppId
    useAzureDevOps: useAzureDevOps
    signInEntraClientId: signInEntraClientId
    signInGitHubClientId: signInGitHubClientId
    useModels: deployOpenAI
    modelsEndpoint: models.?outputs.endpoint ?? ''
    chatDeployment: chatModel.name
    embeddingDeployment: embeddingModel.name
    useScheduler: useDurableTaskScheduler
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    extraSettings: extraSettings
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    namePrefix: 'alert-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    displayName: 'Backlog ${environmentName}'
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
