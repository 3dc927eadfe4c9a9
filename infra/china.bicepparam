// A production environment in Azure China, for `az deployment sub create`. Nothing in the template depends on the cloud but
// what it asks environment() for; what differs is the choice of a plan, and a network of one's own.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'loanrelief')
param location = readEnvironmentVariable('AZURE_LOCATION', 'chinanorth3')
param plan = 'dedicated'
param virtualNetwork = true
param privateApp = true
