// What `azd up` deploys. It asks for the environment and the region; the rest is set with `azd env set NAME VALUE`.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param plan = readEnvironmentVariable('LOANRELIEF_PLAN', 'flexConsumption')
param maximumInstanceCount = int(readEnvironmentVariable('LOANRELIEF_INSTANCES', '20'))
param machines = int(readEnvironmentVariable('LOANRELIEF_MACHINES', '2'))
param dataRedundancy = readEnvironmentVariable('LOANRELIEF_REDUNDANCY', 'Standard_ZRS')
param virtualNetwork = bool(readEnvironmentVariable('LOANRELIEF_NETWORK', 'false'))
param privateApp = bool(readEnvironmentVariable('LOANRELIEF_PRIVATE', 'false'))
param addressSpace = readEnvironmentVariable('LOANRELIEF_ADDRESSES', '10.20.0.0/24')
param retentionInDays = int(readEnvironmentVariable('LOANRELIEF_RETENTION', '90'))
param appSettings = json(readEnvironmentVariable('LOANRELIEF_SETTINGS', '{}'))
