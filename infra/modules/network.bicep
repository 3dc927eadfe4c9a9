// A virtual network with a subnet for the private endpoints and one from which the app goes out.

import { planKind } from 'plan.bicep'

@description('Name of the network.')
param name string

@description('Region of the network.')
param location string

@description('Tags of the network.')
param tags { *: string }

@description('Address space, at least a /24.')
param addressSpace string

@description('Plan of the app: it decides to whom its subnet is delegated.')
param plan planKind

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          privateEndpointNetworkPolicies: 'Enabled'
          defaultOutboundAccess: false
        }
      }
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: plan == 'flexConsumption' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
              }
            }
          ]
        }
      }
    ]
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }

  resource app 'subnets' existing = {
    name: 'app'
  }
}

@description('Resource id of the network.')
output id string = network.id

@description('Subnet of the private endpoints.')
output endpointSubnetId string = network::endpoints.id

@description('Subnet from which the app goes out.')
output appSubnetId string = network::app.id
