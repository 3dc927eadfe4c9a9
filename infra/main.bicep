// Everything that LoanRelief needs in Azure, in a resource group of its own. `azd up` deploys it; docs/deploy.md says how.
// Nothing in here has a key: whoever may do something is named by an identity and a role.
targetScope = 'subscription'

import { planKind } from 'modules/plan.bicep'
import { redundancyKind } from 'modules/storage.bicep'

@description('Name of the environment, such as test or production. It goes into the names and tags of all resources.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources.')
@metadata({ azd: { type: 'location' } })
param location string

@description('What the app runs on: flexConsumption or, where a region does not offer it, dedicated.')
param plan planKind = 'flexConsumption'

@description('Most instances of a Flex Consumption app.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 20

@description('Machines of a dedicated plan; always on, so two survive a restart of one.')
@minValue(1)
@maxValue(30)
param machines int = 2

@description('Copies of the cases: ZRS survives a data centre, GZRS a region. LRS is for trying out, and for regions without zones.')
param dataRedundancy redundancyKind = 'Standard_ZRS'

@description('Keeps the storage off the internet: the app reaches it through private endpoints in a virtual network.')
param virtualNetwork bool = false

@description('With a virtual network: the app, too, can be reached from within it only. Deployments then have to come from in there.')
param privateApp bool = false

@description('Address space of the virtual network: at least a /24, and nothing that is connected to it uses it.')
param addressSpace string = '10.20.0.0/24'

@description('Days for which logs, traces and metrics are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 90

@description('Further app settings, such as Channels__Source. Not for secrets: whoever may read the app can read them.')
param appSettings { *: string } = {}

var tags = { 'azd-env-name': environmentName }
// The same each time, and different from those of any other deployment. Known before anything is created, so that
// `azd provision --preview` can show what would change.
var suffix = uniqueString(subscription().id, environmentName, location)
var identityName = 'id-${suffix}'
var dataAccountName = 'stdata${suffix}'
var hostAccountName = 'sthost${suffix}'
var applicationInsightsName = 'appi-${suffix}'
var packageContainer = 'app-package'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

// Two accounts: what the host writes (packages, leases, the task hub) is replaceable, the cases are not. So the cases have
// redundancy of their own, and the chatter of orchestrations does not count against their limit of requests.
module data 'modules/storage.bicep' = {
  scope: group
  params: {
    name: dataAccountName
    location: location
    tags: tags
    redundancy: dataRedundancy
    publicAccess: !virtualNetwork
  }
}

module host 'modules/storage.bicep' = {
  scope: group
  params: {
    name: hostAccountName
    location: location
    tags: tags
    redundancy: 'Standard_LRS'
    publicAccess: !virtualNetwork
    containers: [packageContainer]
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    applicationInsightsName: applicationInsightsName
    workspaceName: 'log-${suffix}'
    location: location
    tags: tags
    retentionInDays: retentionInDays
  }
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    identityName: identityName
    location: location
    tags: tags
    dataAccountName: dataAccountName
    hostAccountName: hostAccountName
    applicationInsightsName: applicationInsightsName
  }
  dependsOn: [data, host, monitoring]
}

module network 'modules/network.bicep' = if (virtualNetwork) {
  scope: group
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: tags
    addressSpace: addressSpace
    plan: plan
  }
}

module privateStorage 'modules/private-storage.bicep' = if (virtualNetwork) {
  scope: group
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    dataAccountName: dataAccountName
    hostAccountName: hostAccountName
  }
  dependsOn: [data, host]
}

module appPlan 'modules/plan.bicep' = {
  scope: group
  params: {
    name: 'plan-${suffix}'
    location: location
    tags: tags
    plan: plan
    machines: machines
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${suffix}'
    location: location
    // By this tag azd finds where the service "app" of azure.yaml goes.
    tags: union(tags, { 'azd-service-name': 'app' })
    plan: plan
    planId: appPlan.outputs.id
    maximumInstanceCount: maximumInstanceCount
    identityName: identityName
    dataAccountName: dataAccountName
    hostAccountName: hostAccountName
    packageContainer: packageContainer
    applicationInsightsName: applicationInsightsName
    subnetId: virtualNetwork ? network!.outputs.appSubnetId : ''
    publicAccess: !(virtualNetwork && privateApp)
    settings: appSettings
  }
  // It opens its tables when it starts: by then it has its roles and its way there.
  dependsOn: [access, privateStorage]
}

module privateAppEndpoint 'modules/private-app.bicep' = if (virtualNetwork && privateApp) {
  scope: group
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    appId: app.outputs.id
  }
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the app.')
output APP_NAME string = app.outputs.name

@description('Where the app answers.')
output APP_URL string = app.outputs.url
