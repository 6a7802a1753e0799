@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the Log Analytics workspace that the workbook asks.')
param workspaceId string

@description('Name that people see.')
param displayName string

// One panel per file of queries/: what a query asks is written once.
var panels = [
  { title: 'Deliveries', visualization: 'barchart', query: loadTextContent('../queries/deliveries.kql') }
  { title: 'Deliveries that wait', visualization: 'timechart', query: loadTextContent('../queries/pending.kql') }
  {
    title: 'Newest deliveries: their traces'
    visualization: 'table'
    query: loadTextContent('../queries/recent-deliveries.kql')
  }
  {
    title: 'One delivery, from hook to effect'
    visualization: 'table'
    query: loadTextContent('../queries/delivery-trace.kql')
  }
  { title: 'Decisions by kind', visualization: 'barchart', query: loadTextContent('../queries/decisions.kql') }
  { title: 'Effects', visualization: 'barchart', query: loadTextContent('../queries/effects.kql') }
  { title: 'Budget left, by tracker', visualization: 'timechart', query: loadTextContent('../queries/budget-left.kql') }
  {
    title: 'Hours since the last sweep'
    visualization: 'timechart'
    query: loadTextContent('../queries/sweep-age.kql')
  }
  { title: 'Slow activities', visualization: 'table', query: loadTextContent('../queries/slow-activities.kql') }
  { title: 'Failures', visualization: 'table', query: loadTextContent('../queries/failures.kql') }
  { title: 'Open alarms', visualization: 'timechart', query: loadTextContent('../queries/alarms.kql') }
]

var parameterPanel = {
  type: 9
  name: 'parameters'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        version: 'KqlParameterItem/1.0'
        id: guid('TimeRange')
        name: 'TimeRange'
        label: 'Time'
        type: 4
        isRequired: true
        value: {
          durationMs: 86400000
        }
        typeSettings: {
          allowCustom: true
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
            { durationMs: 2592000000 }
          ]
        }
      }
      {
        version: 'KqlParameterItem/1.0'
        id: guid('TraceId')
        name: 'TraceId'
        label: 'Trace of a delivery'
        type: 1
        value: ''
      }
    ]
  }
}

var queryPanels = [
  for panel in panels: {
    type: 3
    name: panel.title
    content: {
      version: 'KqlItem/1.0'
      title: panel.title
      query: panel.query
      visualization: panel.visualization
      size: 0
      queryType: 0
      resourceType: 'microsoft.operationalinsights/workspaces'
      crossComponentResources: [workspaceId]
      timeContextFromParameter: 'TimeRange'
      showExportToExcel: true
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: displayName
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([parameterPanel], queryPanels)
      fallbackResourceIds: [workspaceId]
      isLocked: false
    })
  }
}
