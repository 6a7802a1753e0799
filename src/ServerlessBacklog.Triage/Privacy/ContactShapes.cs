using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>Finds e-mail addresses, phone numbers and IP addresses. Versions, dates, times, item numbers and offsets are none of them.</summary>
internal static partial class ContactShapes
{
    /// <summary>ITU-T E.164: at most 15 digits with the country's; fewer than 8 are a number inside a town or a count.</summary>
    private const int MostDigits = 15;

    private static readonly HashSet<string> FileEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "xpi", "dll", "exe", "zip", "gz", "txt", "json", "html", "htm", "jsm", "cpp", "dylib", "jar",
    };

    public static IEnumerable<TextSpan> Emails(string text) =>
        from Match m in Email().Matches(text)
        where !m.Value.StartsWith("git@", StringComparison.OrdinalIgnoreCase) && !FileEndings.Contains(m.Value[(m.Value.LastIndexOf('.') + 1)..])
        select new TextSpan(m.Index, m.Length);

    public static IEnumerable<TextSpan> Phones(string text) => Numbers(International(), text, 8)
        .Concat(Numbers(NorthAmerican(), text, 10))
        .Concat(Numbers(InPairs(), text, 10))
        .Concat(Numbers(WithAreaCode(), text, 9))
        .Concat(Numbers(Announced(), text, 6));

    public static IEnumerable<TextSpan> Addresses(string text) =>
        from m in Version4().Matches(text).Concat(Version6().Matches(text))
        where IPAddress.TryParse(m.ValueSpan, out var address) && IsTelling(address)
        select new TextSpan(m.Index, m.Length);

    /// <summary>Not the machine itself and not "any": they say nothing of anybody.</summary>
    private static bool IsTelling(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && (address.AddressFamily == AddressFamily.InterNetwork || !address.IsIPv4MappedToIPv6 || IsTelling(address.MapToIPv4()));

    private static IEnumerable<TextSpan> Numbers(Regex pattern, string text, int least)
    {
        foreach (Match match in pattern.Matches(text))
        {
            var number = match.Groups["number"] is { Success: true } group ? group : match;
            var digits = number.Value.Count(char.IsAsciiDigit);
            if (digits >= least && digits <= MostDigits && !IsDate().IsMatch(number.Value))
                yield return new(number.Index, number.Length - (number.Value.Count('('.Equals) < number.Value.Count(')'.Equals) ? 1 : 0));
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])")]
    private static partial Regex Email();

    /// <summary>+49 30 1234567, +1 (212) 555-0123, 0044 20 7946 0958.</summary>
    [GeneratedRegex(@"(?<![\w+.,/-])(?:\+|00(?=[1-9][0-9]{0,2}[ /-]))[1-9][0-9]{0,2}(?:[ ./-]?\(?[0-9]{1,12}\)?){1,6}(?![\w]|[.,][0-9])")]
    private static partial Regex International();

    /// <summary>(212) 555-0123, 212-555-0123, 1-212-555-0123.</summary>
    [GeneratedRegex(@"(?<![\w.+/#-])(?:1[ -])?(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}-)[2-9][0-9]{2}[ -][0-9]{4}(?![\w-]|\.[0-9])")]
    private static partial Regex NorthAmerican();

    /// <summary>01 23 45 67 89, as in France; a sixth pair makes it a dump of bytes.</summary>
    [GeneratedRegex(@"(?<![\w.:-])(?<![0-9A-Fa-f]{2}[ .-])0[1-9](?<sign>[ .-])[0-9]{2}(?:\k<sign>[0-9]{2}){3}(?![\w:-]|[ .][0-9A-Fa-f]{2}\b)")]
    private static partial Regex InPairs();

    /// <summary>030 1234567, 0151/23456789, (030) 1234-567, 020 7946 0958.</summary>
    [GeneratedRegex(@"(?<![\w.:,#+/-])(?<![0-9A-Fa-f]{2} )(?:\(0[1-9][0-9]{1,4}\)[ ]?|0[1-9][0-9]{1,4}(?:[ ]?/[ ]?|[ -]))[0-9]{3,8}(?:[ -][0-9]{2,6})?(?![\w:/-]|[.,][0-9]|[ ][0-9A-Fa-f]{2,8}\b)")]
    private static partial Regex WithAreaCode();

    /// <summary>Whatever follows a word for phone.</summary>
    [GeneratedRegex(@"\b(?:tel|phone|telephone|telefon|mobile|mobil|cell|fax|whatsapp|handy|hotline)(?:[ ]?(?:no|nr|number))?\.?[ ]?[:=]?[ ]{0,3}(?<number>(?:\+|\()?[0-9](?:[ ./()-]{0,2}[0-9]){5,14})(?![\w]|[.,][0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Announced();

    [GeneratedRegex(@"(?:^|[^0-9])(?:(?:19|20)[0-9]{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ][0-3]?[0-9]|[0-3]?[0-9][-./ ][0-3]?[0-9][-./ ](?:19|20)[0-9]{2})(?:[^0-9]|$)")]
    private static partial Regex IsDate();

    [GeneratedRegex(@"(?<![\w.+-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])")]
    private static partial Regex Version4();

    [GeneratedRegex(@"(?<![\w:.])(?=[0-9a-f]{0,4}:)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", RegexOptions.IgnoreCase)]
    private static partial Regex Version6();
}
