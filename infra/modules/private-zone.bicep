// A private DNS zone for a network: it finds a resource at its private endpoint, under the resource's usual name.

@description('Name of the zone, such as privatelink.table.core.windows.net.')
param name string

@description('Tags of the zone.')
param tags { *: string }

@description('Network that asks it.')
param networkId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
}

@description('Resource id of the zone.')
output id string = zone.id
