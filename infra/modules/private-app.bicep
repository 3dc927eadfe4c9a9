// Lets the network in to the app, and nobody else.

@description('Region of the endpoint.')
param location string

@description('Tags of the endpoint and the zone.')
param tags { *: string }

@description('Network from which the app is reached.')
param networkId string

@description('Subnet of the endpoint.')
param subnetId string

@description('Resource id of the app.')
param appId string

// environment() knows the domain of storage, but not that of apps.
var zones = {
  AzureCloud: 'privatelink.azurewebsites.net'
  AzureChinaCloud: 'privatelink.chinacloudsites.cn'
  AzureUSGovernment: 'privatelink.azurewebsites.us'
}

module zone 'private-zone.bicep' = {
  params: {
    name: zones[environment().name]
    tags: tags
    networkId: networkId
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: {
    name: 'pep-app'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: appId
    part: 'sites'
    zoneId: zone.outputs.id
  }
}
