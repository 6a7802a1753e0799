using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>Whether a title tells its item from others.</summary>
public static partial class TitleQuality
{
    private static readonly HashSet<string> Generic = new(
        ("help need needed needs bug bugs issue issues problem problems error errors fix broken question urgent test work works working doesn not working fails "
         + "failed crash crashes thing things something stuff important new update app application software program system feature request").Split(' '),
        StringComparer.Ordinal);

    /// <summary>0 for "Help", "it doesn't work"; 0.5 for one telling word; 1 from three on, or with a code name or reference.</summary>
    public static double Of(string title)
    {
        if (Exact().IsMatch(title))
            return 1;
        return Words.Content(title).Count(w => !Generic.Contains(w)) switch
        {
            0 => 0,
            1 => 0.5,
            2 => 0.8,
            _ => 1,
        };
    }

    [GeneratedRegex(@"#\d+|\bbug \d+|\w+\.\w{2,}\b|\w+_\w+|[a-z][A-Z]|`", RegexOptions.CultureInvariant)]
    private static partial Regex Exact();
}
