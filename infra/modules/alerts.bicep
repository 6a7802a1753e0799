@description('First part of the names of the alert rules.')
param namePrefix string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the Log Analytics workspace that the rules ask.')
param workspaceId string

@description('Address that alerts are mailed to; empty for none: they are seen in the portal then.')
param email string

var rules = [
  {
    name: 'orchestrations-failed'
    title: 'An orchestration failed'
    text: 'Its instance and the reason stand in the workbook under "Failures". Items are examined again by the next sweep.'
    query: loadTextContent('../alerts/orchestrations-failed.kql')
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
  }
  {
    name: 'deliveries-put-aside'
    title: 'A delivery was put aside'
    text: 'It failed to the last try and waits for a person: "backlog status" lists it.'
    query: loadTextContent('../alerts/deliveries-put-aside.kql')
    severity: 2
    frequency: 'PT15M'
    window: 'PT15M'
  }
  {
    name: 'alarms-open'
    title: 'An alarm is open'
    text: 'Such as a service hook on probation or a token that was revoked: "backlog status" says what to mend.'
    query: loadTextContent('../alerts/alarms-open.kql')
    severity: 2
    frequency: 'PT30M'
    window: 'PT1H'
  }
  {
    name: 'sweep-overdue'
    title: 'No sweep for 36 hours'
    text: 'The timer did not fire, the sweep did not end, or the app is down.'
    query: loadTextContent('../alerts/sweep-overdue.kql')
    severity: 2
    frequency: 'PT1H'
    window: 'P2D'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${namePrefix}-people'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'backlog'
    emailReceivers: [
      {
        name: 'email'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.text
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      // The tables of a new workspace come with its first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(email) ? [] : [people.id]
      }
    }
  }
]
