using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>An item as it is written: one whose digest is the same need not be written again.</summary>
/// <param name="JsonDigest">Of everything, also of what the content hash leaves out.</param>
internal sealed record ItemRow(WorkItemRef Item, string Key, string ContentHash, string JsonDigest, byte[] Json)
{
    public const string Ref = "Ref";
    public const string Hash = "ContentHash";
    public const string Digest = "Digest";

    public static ItemRow Of(WorkItem item)
    {
        var json = DocumentTable.Write(item);
        return new ItemRow(item.Ref, item.Ref.ToKey(), Domain.Items.ContentHash.Of(item), DocumentTable.DigestOf(json), json);
    }

    public Dictionary<string, object> Columns() => new() { [Ref] = Item.ToString(), [Hash] = ContentHash, [Digest] = JsonDigest };
}
