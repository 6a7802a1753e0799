using System.Buffers;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>An organization (or collection) and a project in it. Prints <c>org/project</c>.</summary>
internal sealed record AzureProject(string Organization, string Name)
{
    private const int MaxOrganization = 64;
    private const int MaxName = 64;

    /// <summary>
    /// What no project name may hold (https://learn.microsoft.com/azure/devops/organizations/settings/naming-restrictions), and what would
    /// change the address that a request goes to.
    /// </summary>
    private static readonly SearchValues<char> Refused = SearchValues.Create("\\/:*?\"<>|#$&%+,;@=[]{}");

    /// <summary>The project of <c>org/project</c>.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static AzureProject Parse(string text) => TryParse(text) ?? throw new UserErrorException(
        "That is no Azure DevOps project. Write azuredevops:org/project, for example \"azuredevops:contoso/Web Shop\".");

    public static AzureProject? TryParse(string text) =>
        text.Split('/') is [var organization, var name] ? TryOf(organization, name) : null;

    /// <summary>Null when one of both cannot be a name there.</summary>
    public static AzureProject? TryOf(string organization, string name) =>
        IsOrganization(organization) && IsName(name) ? new AzureProject(organization, name) : null;

    public static bool IsOrganization(string text) =>
        text.Length is > 0 and <= MaxOrganization && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && text.Trim('.').Length > 0;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxName
        && text.Trim() == text
        && text[0] is not ('.' or '_') && text[^1] != '.'
        && text.AsSpan().IndexOfAny(Refused) < 0
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    public WorkItemRef Item(long number) => new(AzureDevOpsTracker.TrackerName, ToString(), $"{number}");

    /// <summary>Project and number of an item of this tracker.</summary>
    /// <exception cref="ArgumentException">It is of another tracker, or its number is none.</exception>
    public static (AzureProject Project, int Id) Of(WorkItemRef item) => TryOf(item, out var project, out var id)
        ? (project, id)
        : throw new ArgumentException($"'{item}' is no work item of Azure DevOps.", nameof(item));

    public static bool TryOf(WorkItemRef item, out AzureProject project, out int id)
    {
        project = TryParse(item.Project)!;
        id = 0;
        return item.Tracker == AzureDevOpsTracker.TrackerName && project is not null && int.TryParse(item.Number, out id) && id > 0;
    }

    public override string ToString() => $"{Organization}/{Name}";
}
