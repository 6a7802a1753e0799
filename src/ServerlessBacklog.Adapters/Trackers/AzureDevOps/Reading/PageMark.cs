using System.Globalization;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// Where a page ended: the last change and the number of its last item. It holds for as long as the project lives, since the next page is
/// found by asking anew for what changed from then on.
/// </summary>
/// <param name="At">Null while no page has brought an item that tells.</param>
internal sealed record PageMark(DateTimeOffset? At, int After)
{
    public static PageMark Parse(string text)
    {
        if (text.Split('/') is ["changed", var ticks, var number]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return new PageMark(at == 0 ? null : new DateTimeOffset(at, TimeSpan.Zero), after);
        throw new UserErrorException("The mark of where to go on reading is none of Azure DevOps. Begin to read anew.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"changed/{At?.UtcTicks ?? 0}/{After}");
}
