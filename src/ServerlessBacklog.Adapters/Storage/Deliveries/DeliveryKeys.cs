using System.Globalization;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>
/// The key scheme of <see cref="DeliveryStore"/>. T is a tracker and K a delivery's id as <see cref="StorageKey"/> spells them; times are
/// ticks. All rows of a delivery lie in one partition, so that one batch writes them.
/// <code>
/// table       partition  row                  holds
/// deliveries  |trackers  T                    a tracker that has sent something
/// deliveries  T          id|K                 when it was received, by which the other rows are found
/// deliveries  T          content|digest       the delivery that told this first
/// deliveries  T          at|time left|K       all but the body, those received last first
/// deliveries  T          pending|time|K       all of one that waits, with its body, those received first first
/// deliveries  T          failed|K             nothing: it can be counted
/// deliveries  T          unknown|digest|part  how many deliveries of an unknown event are kept; the sum over the parts counts
/// </code>
/// </summary>
internal static class DeliveryKeys
{
    public const string Table = "deliveries";
    public const string Trackers = "|trackers";
    public const string PendingPrefix = "pending|";
    public const string RecentPrefix = "at|";
    public const string FailedPrefix = "failed|";
    public const string UnknownPrefix = "unknown|";

    public static string Partition(string tracker) => StorageKey.Of(tracker);

    public static string Id(string id) => $"id|{StorageKey.Of(id)}";

    public static string Content(string contentKey) => $"content|{DocumentTable.DigestOf(contentKey)}";

    public static string Recent(DateTimeOffset at, string id) => $"{RecentPrefix}{Left(at.UtcTicks)}|{StorageKey.Of(id)}";

    /// <summary>The recent rows of what was received before a moment.</summary>
    public static RowKeyRange RecentBefore(DateTimeOffset at) =>
        RowKeyRange.Prefix(RecentPrefix) with { From = $"{RecentPrefix}{Left(at.UtcTicks - 1)}" };

    public static string Pending(DateTimeOffset at, string id) => $"{PendingPrefix}{Digits(at.UtcTicks)}|{StorageKey.Of(id)}";

    /// <summary>When the delivery of a pending row was received, read from its key.</summary>
    public static DateTimeOffset PendingSince(string row) =>
        new(long.Parse(row.AsSpan(PendingPrefix.Length, 19), NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);

    public static string Failed(string id) => $"{FailedPrefix}{StorageKey.Of(id)}";

    public static string Unknown(string name, int part) => string.Create(CultureInfo.InvariantCulture, $"{UnknownPrefix}{DocumentTable.DigestOf(name)}|{part:00}");

    public static string Body(string tracker, string id) => $"deliveries/{tracker}/{id}";

    private static string Left(long ticks) => Digits(DateTimeOffset.MaxValue.UtcTicks - ticks);

    private static string Digits(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
