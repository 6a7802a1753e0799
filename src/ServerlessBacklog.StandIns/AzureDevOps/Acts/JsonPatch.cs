using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Acts;

/// <summary>Reads a JSON Patch document into a change. All of it holds, or nothing is done.</summary>
internal sealed class JsonPatch(Organization organization, Project project, WorkItem? item, string itemType)
{
    private readonly ItemChange change = new();
    private readonly FieldRules rules = new(organization, project);

    public ItemChange Read(JsonNode? document)
    {
        if (document is not JsonArray operations)
            throw AdoRefusals.Bad("You must pass a valid patch document in the body of the request.", "VssPropertyValidationException");
        // Whatever stands first, what is tested is tested before anything is changed.
        foreach (var operation in operations.Where(o => Op(o) == "test"))
            Test(Path(operation), operation!["value"]);
        foreach (var operation in operations.Where(o => Op(o) != "test"))
            Apply(Op(operation), Path(operation), operation!["value"]);
        if (item is null && !change.Fields.ContainsKey("System.Title"))
            throw AdoRefusals.Rule("Title", "Required, HasValues, LimitedToValues, AllowsOldValue, InvalidEmpty");
        return change;
    }

    private static string Op(JsonNode? operation) => operation?["op"]?.ToString().ToLowerInvariant() ?? throw Invalid("op");

    private static string Path(JsonNode? operation) =>
        operation?["path"]?.ToString() is ['/', ..] path ? path : throw Invalid("path");

    private void Test(string path, JsonNode? value)
    {
        var actual = path.Equals("/rev", StringComparison.OrdinalIgnoreCase) ? $"{item?.Rev}"
            : path.StartsWith("/fields/", StringComparison.OrdinalIgnoreCase) ? $"{item?.Fields.GetValueOrDefault(path["/fields/".Length..])}"
            : throw Invalid("path");
        if (actual != value?.ToString())
            throw AdoRefusals.Of(412, $"VS403351: Test Operation for path {path} failed, value {actual} was not equal to test value {value}.", "TestPatchOperationFailedException");
    }

    private void Apply(string op, string path, JsonNode? value)
    {
        if (op is not ("add" or "replace" or "remove"))
            throw Invalid("op");
        var parts = path.Trim('/').Split('/');
        switch (parts)
        {
            case ["fields", var name]:
                Field(op, name, value);
                break;
            case ["relations", "-"] when op == "add":
                AddRelation(value);
                break;
            case ["relations", var index] when op == "remove":
                RemoveRelation(index);
                break;
            default:
                throw Invalid("path");
        }
    }

    private void Field(string op, string name, JsonNode? value)
    {
        if (name.Equals("System.History", StringComparison.OrdinalIgnoreCase))
            change.History = op == "remove" ? null : value?.ToString();
        else
        {
            var type = change.Fields.GetValueOrDefault("System.WorkItemType") as string ?? itemType;
            var read = rules.Read(name, op == "remove" ? null : value, type);
            change.Fields[FieldDefinition.Find(name)!.ReferenceName] = read;
        }
    }

    private void AddRelation(JsonNode? value)
    {
        var end = LinkEnd.Find(value?["rel"]?.ToString() ?? "")
            ?? throw AdoRefusals.Bad($"VS403308: Relation type {value?["rel"]} does not exist.", "WorkItemLinkTypeNotFoundException");
        var url = value!["url"]?.ToString() ?? throw Invalid("value");
        var comment = value["attributes"]?["comment"]?.ToString();
        var target = end.IsLink ? Target(url) : null;
        if (item is not null && (target is not null || !end.IsLink))
            LinkRules.Demand(organization, item, end, target, url, change);
        change.Added.Add(new Relation(end.ReferenceName, target?.Id, url, comment));
    }

    private void RemoveRelation(string index)
    {
        if (!int.TryParse(index, out var at) || item is null || at < 0 || at >= item.Relations.Count)
            throw AdoRefusals.Bad("Index out of range for path /relations/" + index + ".", "PatchOperationFailedException");
        change.Removed.Add(item.Relations[at]);
    }

    private WorkItem Target(string url) =>
        int.TryParse(url.TrimEnd('/').Split('/')[^1], out var id) && organization.Items.TryGetValue(id, out var target) && !target.IsDeleted
            ? target
            : throw AdoRefusals.Of(404, $"TF401232: Work item {url.TrimEnd('/').Split('/')[^1]} does not exist, or you do not have permissions to read it.", "WorkItemUnauthorizedAccessException");

    private static RefusedException Invalid(string what) =>
        AdoRefusals.Bad($"You must pass a valid patch document in the body of the request. The {what} of an operation is not valid.", "PatchOperationFailedException");
}
