// What the app runs on.
// Consumption and Elastic Premium are no choice: they keep the app's files in an Azure Files share, which is mounted with
// a shared key, and the accounts have none.

@export()
@description('flexConsumption: from no instance to many, paid by use. dedicated: App Service machines that are always on.')
type planKind = 'flexConsumption' | 'dedicated'

@description('Name of the plan.')
param name string

@description('Region of the plan.')
param location string

@description('Tags of the plan.')
param tags { *: string }

@description('Which plan.')
param plan planKind

@description('Machines of a dedicated plan.')
@minValue(1)
@maxValue(30)
param machines int

var flexSku = { name: 'FC1', tier: 'FlexConsumption' }
var dedicatedSku = { name: 'P0v3', tier: 'Premium0V3', capacity: machines }

resource serverFarm 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: plan == 'flexConsumption' ? 'functionapp' : 'linux'
  sku: plan == 'flexConsumption' ? flexSku : dedicatedSku
  properties: {
    reserved: true // means Linux
  }
}

@description('Resource id of the plan.')
output id string = serverFarm.id
