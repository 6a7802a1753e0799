using System.Globalization;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>What leaves and how long it is kept, from the host's settings (<c>Privacy:…</c>, docs/privacy.md).</summary>
internal static class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <exception cref="UserErrorException">A setting is misspelled or out of range: sending more than was meant must not go unnoticed.</exception>
    public static PrivacySettings Read(IConfiguration configuration)
    {
        var (privacy, defaults) = (configuration.GetSection(Section), new PrivacySettings());
        var fields = privacy.GetSection("Fields").GetChildren().Where(f => f.Value is { Length: > 0 })
            .Select(f => (Field: FieldOf(f), Class: Word<DataClass>(f.Path, f.Value!)));
        return new PrivacySettings
        {
            HideNames = Switch(privacy, nameof(PrivacySettings.HideNames), defaults.HideNames),
            HideAddresses = Switch(privacy, nameof(PrivacySettings.HideAddresses), defaults.HideAddresses),
            Fields = new() { Chosen = fields.ToDictionary(f => f.Field, f => f.Class), Most = Most(privacy, defaults.Fields.Most) },
            Retention = new()
            {
                DeliveryDays = Days(privacy, "KeepDeliveriesDays", defaults.Retention.DeliveryDays),
                AnswerDays = Days(privacy, "KeepAnswersDays", defaults.Retention.AnswerDays),
            },
        };
    }

    private static DataClass Most(IConfiguration privacy, DataClass usual) => privacy["MaySend"] is not { Length: > 0 } text ? usual
        : Word<DataClass>($"{Section}:MaySend", text) is not DataClass.Secret and var most ? most
        : throw new UserErrorException($"The setting {Section}:MaySend is 'secret'. Secrets are never sent: write public, internal or personal.");

    private static ItemField FieldOf(IConfigurationSection field) => Enum.TryParse<ItemField>(field.Key, ignoreCase: true, out var known) && Enum.IsDefined(known)
        ? known
        : throw new UserErrorException($"The setting {field.Path} names no field. {(NearestWord.To(field.Key, Enum.GetNames<ItemField>()) is { } near ? $"Did you mean '{near}'?" : $"There is: {string.Join(", ", Enum.GetNames<ItemField>())}.")}");

    private static T Word<T>(string setting, string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word)
            ? word
            : throw new UserErrorException($"The setting {setting} is '{text}'. Write {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");

    private static bool Switch(IConfiguration privacy, string name, bool usual) => privacy[name] is not { Length: > 0 } text ? usual
        : bool.TryParse(text, out var on) ? on
        : throw new UserErrorException($"The setting {Section}:{name} is '{text}'. Write true or false.");

    private static int Days(IConfiguration privacy, string name, int usual) => privacy[name] is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= RetentionSettings.MostDays ? days
        : throw new UserErrorException($"The setting {Section}:{name} is '{text}'. Write a number of days from 1 to {RetentionSettings.MostDays}.");
}
