using System.Globalization;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Value;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>What acts save and what things cost, from the host's settings (<c>Value:…</c>, docs/value.md).</summary>
internal static class ValueOptions
{
    public const string Section = "Value";

    /// <exception cref="UserErrorException">A number or the name of an act is wrong: a report must not rest on another number than was meant.</exception>
    public static ValueSettings Read(IConfiguration configuration)
    {
        var (value, defaults) = (configuration.GetSection(Section), new ValueSettings());
        return new ValueSettings
        {
            Minutes = Table(value["Minutes"]),
            ReviewMinutes = value["ReviewMinutes"] is { Length: > 0 } review ? Minutes($"{Section}:ReviewMinutes", review) : defaults.ReviewMinutes,
            AzureMonthlyCost = Money(value, "AzureMonthlyCost"),
            HourlyRate = Money(value, "HourlyRate"),
        };
    }

    /// <summary>The defaults with what <c>label=0.5, archive=6</c> says in their place.</summary>
    private static Dictionary<string, double> Table(string? text)
    {
        var table = ValueSettings.DefaultMinutes.ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !table.ContainsKey(sides[0]))
                throw new UserErrorException($"The setting {Section}:Minutes holds '{part}'. {Meant(sides[0], table.Keys)} Write for example label=0.5, archive=6.");
            table[sides[0]] = Minutes($"{Section}:Minutes, {sides[0]}", sides[1]);
        }

        return table;
    }

    private static string Meant(string act, IEnumerable<string> acts) =>
        NearestWord.To(act, [.. acts]) is { } near && !near.Equals(act, StringComparison.OrdinalIgnoreCase) ? $"Did you mean '{near}'?" : $"Acts are {string.Join(", ", acts)}.";

    private static double Minutes(string setting, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes <= 480
            ? minutes
            : throw new UserErrorException($"The setting {setting} is '{text}'. Write minutes from 0 to 480.");

    private static decimal? Money(IConfiguration value, string name) => value[name] is not { Length: > 0 } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money) ? money
        : throw new UserErrorException($"The setting {Section}:{name} is '{text}'. Write an amount, 0 or more, for example 12.50.");
}
