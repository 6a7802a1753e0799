namespace ServerlessBacklog.Triage.People;

/// <summary>One person under all the names that systems have for them. Null where they have none, or it is not known.</summary>
public sealed record PersonRecord(string Name)
{
    /// <summary>GitHub login.</summary>
    public string? GitHub { get; init; }

    /// <summary>Azure DevOps identity as its work items name it: mostly a mail address.</summary>
    public string? AzureDevOps { get; init; }

    /// <summary>Object id in Microsoft Entra.</summary>
    public string? Entra { get; init; }

    /// <summary>Slack member id.</summary>
    public string? Slack { get; init; }

    public string? Mail { get; init; }

    /// <summary>Their name in a system (<c>github</c>, <c>azuredevops</c>, <c>entra</c>, <c>slack</c>, <c>mail</c>); null when they have none there.</summary>
    public string? In(string system) => system switch
    {
        "github" => GitHub,
        "azuredevops" => AzureDevOps,
        "entra" => Entra,
        "slack" => Slack,
        "mail" => Mail,
        _ => null,
    };
}
