// The Functions app: where it runs, who it is, and every setting that it reads.
//
// The program itself (src/LoanRelief.Functions) reads these; __ in a name is what : is in its code:
//   Storage__TableEndpoint  the table service of the account with the cases
//   Storage__ClientId       the identity that signs in there, and at Application Insights
//   Schedules__*            when its timers fire
//   APPLICATIONINSIGHTS_*   where telemetry goes, and as whom
// The others are the Functions host's.

import { planKind } from 'plan.bicep'

@description('Name of the app; it is part of its address.')
param name string

@description('Region of the app.')
param location string

@description('Tags of the app.')
param tags { *: string }

@description('Which plan it runs on.')
param plan planKind

@description('Resource id of that plan.')
param planId string

@description('Most instances of a Flex Consumption app.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Name of the identity that the app has.')
param identityName string

@description('Account with the cases.')
param dataAccountName string

@description('Account of the Functions host.')
param hostAccountName string

@description('Container of that account from which a Flex Consumption app is started.')
param packageContainer string

@description('Application Insights component that the app writes to.')
param applicationInsightsName string

@description('Subnet from which the app goes out; empty for none.')
param subnetId string

@description('Whether the app can be reached without a private endpoint.')
param publicAccess bool

@description('Further app settings.')
param settings { *: string }

var flex = plan == 'flexConsumption'
var runtime = { name: 'dotnet-isolated', version: '10.0' }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: dataAccountName
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: hostAccountName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      // Timers and orchestrations run when nobody calls; Flex Consumption sees to that itself.
      alwaysOn: !flex
      linuxFxVersion: flex ? null : toUpper('${runtime.name}|${runtime.version}')
    }
    functionAppConfig: !flex
      ? null
      : {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: '${hostAccount.properties.primaryEndpoints.blob}${packageContainer}'
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: identity.id
              }
            }
          }
          runtime: runtime
          scaleAndConcurrency: {
            instanceMemoryMB: 2048
            maximumInstanceCount: maximumInstanceCount
          }
        }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    // What is handed in wins over the first, and what is set below over what is handed in.
    properties: union(
      {
        // In UTC: the scan at 6 and the reminders at 9 o'clock in Beijing, the purge at half past two.
        Schedules__MaturityScan: '0 0 22 * * *'
        Schedules__DueDateReminders: '0 0 1 * * *'
        Schedules__InquiryReminders: '0 0 1 * * *'
        Schedules__Watchdog: '0 2-59/5 * * * *'
        Schedules__HistoryPurge: '0 30 18 * * *'
        Schedules__Census: '0 4-59/5 * * * *'
        // A loan book in one call; by itself the host refuses more than 104,857,600 bytes.
        FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1073741824'
        // The path / is the program's.
        AzureWebJobsDisableHomepage: 'true'
      },
      settings,
      {
        // Addresses, not AzureWebJobsStorage__accountName: of a name the host makes addresses of the global cloud.
        AzureWebJobsStorage__blobServiceUri: hostAccount.properties.primaryEndpoints.blob
        AzureWebJobsStorage__queueServiceUri: hostAccount.properties.primaryEndpoints.queue
        AzureWebJobsStorage__tableServiceUri: hostAccount.properties.primaryEndpoints.table
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        Storage__TableEndpoint: dataAccount.properties.primaryEndpoints.table
        Storage__ClientId: identity.properties.clientId
        // An address, too: local authentication is off, so that its key opens nothing.
        APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      },
      // Flex Consumption has these in functionAppConfig and refuses them here.
      flex
        ? {}
        : {
            FUNCTIONS_EXTENSION_VERSION: '~4'
            FUNCTIONS_WORKER_RUNTIME: runtime.name
            WEBSITE_RUN_FROM_PACKAGE: '1'
          }
    )
  }

  // No user names and passwords for deployments: whoever deploys is signed in.
  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scmPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Resource id of the app.')
output id string = site.id

@description('Name of the app.')
output name string = site.name

@description('Where the app answers.')
output url string = 'https://${site.properties.defaultHostName}'
