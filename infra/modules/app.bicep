@description('Name of the function app, and the first part of its address.')
param name string

@description('Name of the Flex Consumption plan.')
param planName string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the identity that the app runs as.')
param identityId string

@description('Client id of the same identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('Address of the container that deployments are put into.')
param deploymentContainerUrl string

@description('Name of the Application Insights resource.')
param applicationInsightsName string

@description('Address of the key vault, with a slash at its end.')
param vaultUri string

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Most instances at a time.')
param maximumInstanceCount int

@description('Webhook calls and other requests that one instance answers at a time.')
param httpConcurrency int

@description('Instances that are kept warm for webhooks.')
param alwaysReadyInstances int

@description('How far triage may go.')
param autonomy string

@description('Schedules: six fields, the first one seconds, in UTC.')
param schedules {
  recover: string
  reconcile: string
  redeliver: string
  sweep: string
  waits: string
  digests: string
  learn: string
  housekeeping: string
}

@description('App id of the GitHub App; empty where GitHub is not used.')
param gitHubAppId string

@description('True where Azure DevOps is used.')
param useAzureDevOps bool

@description('Client id of the Entra application by which people sign in; empty for none.')
param signInEntraClientId string

@description('Client id of the GitHub OAuth app by which people sign in; empty for none.')
param signInGitHubClientId string

@description('True where models are deployed.')
param useModels bool

@description('Endpoint of Azure OpenAI; empty for none.')
param modelsEndpoint string

@description('Name of the chat deployment.')
param chatDeployment string

@description('Name of the embedding deployment.')
param embeddingDeployment string

@description('True where Durable Functions keeps its history in a scheduler, not in the storage account.')
param useScheduler bool

@description('Endpoint of the Durable Task Scheduler; empty for none.')
param schedulerEndpoint string

@description('More app settings, name to value.')
param extraSettings object

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

// The host (AzureWebJobsStorage), the backlog (Storage__Connection) and Azure.Identity (AZURE_CLIENT_ID) all use the one identity.
var baseSettings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  Storage__Connection: storageName
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  Triage__Autonomy: autonomy
  Timers__Recover: schedules.recover
  Timers__Reconcile: schedules.reconcile
  Timers__Redeliver: schedules.redeliver
  Timers__Sweep: schedules.sweep
  Timers__Waits: schedules.waits
  Timers__Digests: schedules.digests
  Timers__Learn: schedules.learn
  Timers__Housekeeping: schedules.housekeeping
}

// A reference to a secret that is not there would reach the app as its literal text: only trackers in use have theirs.
var gitHubSettings = {
  GitHub__AppId: gitHubAppId
  GitHub__PrivateKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/github-private-key)'
  GitHub__WebhookSecrets__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/github-webhook-secret)'
}

var azureDevOpsSettings = {
  AzureDevOps__UseIdentity: 'true'
  AzureDevOps__ClientId: identityClientId
  AzureDevOps__HookSecrets__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/azuredevops-hook-secret)'
}

// The pages go by the headers of App Service only where it really asks people to sign in.
var signInSettings = {
  Pages__SignIn: 'appservice'
}

var entraSignInSettings = {
  MICROSOFT_PROVIDER_AUTHENTICATION_SECRET: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/signin-entra-secret)'
}

var gitHubSignInSettings = {
  GITHUB_PROVIDER_AUTHENTICATION_SECRET: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/signin-github-secret)'
}

var modelSettings = {
  Models__Endpoint: modelsEndpoint
  Models__ChatDeployment: chatDeployment
  Models__EmbeddingDeployment: embeddingDeployment
}

// They win over host.json.
var schedulerSettings = {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
}

// A domain of its own is one of the further settings.
var siteSettings = {
  Notifications__SiteUrl: 'https://${name}.azurewebsites.net'
}

var settings = union(
  siteSettings,
  extraSettings,
  baseSettings,
  empty(gitHubAppId) ? {} : gitHubSettings,
  useAzureDevOps ? azureDevOpsSettings : {},
  empty(signInEntraClientId) && empty(signInGitHubClientId) ? {} : signInSettings,
  empty(signInEntraClientId) ? {} : entraSignInSettings,
  empty(signInGitHubClientId) ? {} : gitHubSignInSettings,
  useModels ? modelSettings : {},
  useScheduler ? schedulerSettings : {}
)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: concat(map(items(settings), setting => { name: setting.key, value: setting.value }), [
        {
          name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
          value: applicationInsights.properties.ConnectionString
        }
      ])
    }
  }

  // Who has signed in is told to the app in headers that no caller can set. Webhooks prove by themselves where they come from, so that
  // whoever has not signed in is let through here, and refused by each page.
  resource signIn 'config' = if (!empty(signInEntraClientId) || !empty(signInGitHubClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: {
        enabled: true
      }
      globalValidation: {
        requireAuthentication: false
        unauthenticatedClientAction: 'AllowAnonymous'
      }
      httpSettings: {
        requireHttps: true
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: !empty(signInEntraClientId)
          registration: {
            clientId: signInEntraClientId
            clientSecretSettingName: 'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
        }
        gitHub: {
          enabled: !empty(signInGitHubClientId)
          registration: {
            clientId: signInGitHubClientId
            clientSecretSettingName: 'GITHUB_PROVIDER_AUTHENTICATION_SECRET'
          }
        }
      }
      login: {
        tokenStore: {
          enabled: false
        }
      }
    }
  }

  // Deployments sign in with a token, never with a user name and a password.
  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scmPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
