// Built-in roles by id: the only ones that this template assigns.

@export()
@description('Host storage of Azure Functions asks for Owner: it takes leases, makes containers and sets their ownership.')
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
@description('Durable Functions: control and work item queues.')
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@export()
@description('Durable Functions: history and instances. The backlog: its rows.')
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@export()
@description('Reads the values of secrets, nothing else.')
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

@export()
@description('Puts secrets in. For a person, never for the app.')
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

@export()
@description('Sends telemetry to Application Insights; reads none.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Calls the deployed models; changes none.')
var cognitiveServicesOpenAIUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

@export()
@description('Runs and starts orchestrations on a scheduler.')
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'
