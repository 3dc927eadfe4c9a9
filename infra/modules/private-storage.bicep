// Private endpoints for exactly those parts of the two storage accounts that the app uses.

@description('Region of the endpoints.')
param location string

@description('Tags of the endpoints and zones.')
param tags { *: string }

@description('Network from which the accounts are reached.')
param networkId string

@description('Subnet of the endpoints.')
param subnetId string

@description('Account with the cases.')
param dataAccountName string

@description('Account of the Functions host.')
param hostAccountName string

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: dataAccountName
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: hostAccountName
}

// core.windows.net, core.chinacloudapi.cn: whatever the cloud has. The table zone serves both accounts.
module blobZone 'private-zone.bicep' = {
  params: {
    name: 'privatelink.blob.${environment().suffixes.storage}'
    tags: tags
    networkId: networkId
  }
}

module queueZone 'private-zone.bicep' = {
  params: {
    name: 'privatelink.queue.${environment().suffixes.storage}'
    tags: tags
    networkId: networkId
  }
}

module tableZone 'private-zone.bicep' = {
  params: {
    name: 'privatelink.table.${environment().suffixes.storage}'
    tags: tags
    networkId: networkId
  }
}

module dataTables 'private-endpoint.bicep' = {
  params: {
    name: 'pep-data-table'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: dataAccount.id
    part: 'table'
    zoneId: tableZone.outputs.id
  }
}

module hostBlobs 'private-endpoint.bicep' = {
  params: {
    name: 'pep-host-blob'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: hostAccount.id
    part: 'blob'
    zoneId: blobZone.outputs.id
  }
}

module hostQueues 'private-endpoint.bicep' = {
  params: {
    name: 'pep-host-queue'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: hostAccount.id
    part: 'queue'
    zoneId: queueZone.outputs.id
  }
}

module hostTables 'private-endpoint.bicep' = {
  params: {
    name: 'pep-host-table'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: hostAccount.id
    part: 'table'
    zoneId: tableZone.outputs.id
  }
}
