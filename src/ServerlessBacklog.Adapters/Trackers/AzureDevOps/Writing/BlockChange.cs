using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>A block of ours in the description, or in the steps of a bug, which shows no description. Written in the markup that the field has.</summary>
internal static class BlockChange
{
    public static Planned Set(ItemState item, SetBlock set) => Edit(item, set.Name, (text, form) => BlockText.Set(text, set.Name, set.Markdown, form));

    public static Planned Remove(ItemState item, RemoveBlock remove) => Edit(item, remove.Name, (text, form) => BlockText.Remove(text, remove.Name, form));

    private static Planned Edit(ItemState item, string name, Func<string, BlockForm, (string? Description, string? Why)> edit)
    {
        var field = FieldFor(item.Values, name);
        var text = item.Values.Text(field) ?? "";
        var (edited, why) = edit(text, item.IsMarkdown(field) ? BlockForm.Lines : BlockForm.Html);
        return edited is null ? Planned.Refused(why!)
            : edited == text ? Planned.Done
            : edited.Length == 0 ? Planned.By(new PatchOperation("remove", $"/fields/{field}"))
            : Planned.By(PatchOperation.SetField(field, edited));
    }

    private static string FieldFor(JsonElement values, string name)
    {
        string[] fields = [Fields.Description, Fields.ReproSteps];
        return Array.Find(fields, f => values.Text(f)?.Contains($"[{BlockForm.Html.Sign}{name} ", StringComparison.Ordinal) == true)
            ?? (values.Text(Fields.Description) is null or "" && (values.Text(Fields.ReproSteps) is not null || values.Text(Fields.Type) == "Bug") ? Fields.ReproSteps : Fields.Description);
    }
}
