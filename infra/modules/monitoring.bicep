// Where logs, traces and metrics go. Writing takes a role; the key in the connection string opens nothing.

@description('Name of the Application Insights component.')
param applicationInsightsName string

@description('Name of the Log Analytics workspace that keeps its data.')
param workspaceName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags { *: string }

@description('Days for which everything is kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    features: { disableLocalAuth: true }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}
