// An address within the network that leads to one part of one resource.

@description('Name of the endpoint.')
param name string

@description('Region of the endpoint.')
param location string

@description('Tags of the endpoint.')
param tags { *: string }

@description('Subnet in which it gets its address.')
param subnetId string

@description('Resource to which it leads.')
param targetId string

@description('Part of that resource: blob, queue or table of a storage account, sites of an app.')
param part 'blob' | 'queue' | 'table' | 'sites'

@description('Private DNS zone that gets its address.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: part
        properties: {
          privateLinkServiceId: targetId
          groupIds: [part]
        }
      }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: part
          properties: { privateDnsZoneId: zoneId }
        }
      ]
    }
  }
}
