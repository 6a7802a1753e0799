using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>
/// One list of settings, and what is written from it: the sample for the host and the page of the documentation. With the variable
/// <c>WRITE_SETTINGS</c> set, these tests write both anew.
/// </summary>
public class SettingListTests
{
    private const string Sample = "local.settings.sample.json";
    private const string Page = "docs/settings.md";
    private const string Mark = "<!-- from here on written by SettingListTests -->";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly bool Writes = Environment.GetEnvironmentVariable("WRITE_SETTINGS") is { Length: > 0 };

    /// <summary>What the host itself asks for; these are not our settings.</summary>
    private static readonly (string Key, string Value)[] HostsOwn =
    [
        ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
        ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
    ];

    [Fact]
    public void The_sample_holds_every_setting_with_its_default()
    {
        var values = HostsOwn.Concat(SettingList.All.Select(s => (s.EnvironmentName, s.Key == "Storage:Connection" ? "UseDevelopmentStorage=true" : s.Default)))
            .ToDictionary(v => v.Item1, v => v.Item2);
        var expected = JsonSerializer.Serialize(
            new { IsEncrypted = false, Values = values }, Json) + "\n";

        Compare(Sample, expected);
    }

    [Fact]
    public void The_documentation_lists_every_setting()
    {
        var text = new StringBuilder();
        foreach (var group in SettingList.Groups)
        {
            text.Append($"\n## {group.Name}\n\n| setting | default | is |\n|---|---|---|\n");
            foreach (var setting in group.Settings)
                text.Append($"| `{setting.EnvironmentName}` | {(setting.Default.Length > 0 ? $"`{setting.Default}`" : "")} | {setting.What}{Note(setting)} |\n");
        }

        var head = Repository.Read(Page).Split(Mark)[0];
        Compare(Page, $"{head}{Mark}\n{text}");
    }

    [Fact]
    public void A_host_that_takes_the_sample_as_it_is_has_nothing_to_complain_of() =>
        SettingsCheck.Look(Read()).ShouldAllBe(f => f.State == SetupState.Ok);

    [Fact]
    public void The_sample_holds_no_secret() =>
        SettingList.All.Where(s => s.Kind == SettingKind.Secret && s.Key != "Storage:Connection").ShouldAllBe(s => s.Default == "");

    private static IConfiguration Read()
    {
        var values = JsonElement.Parse(Repository.Read(Sample)).GetProperty("Values");
        return new ConfigurationBuilder()
            .AddInMemoryCollection(values.EnumerateObject().Select(v => KeyValuePair.Create(v.Name.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value.GetString())))
            .Build();
    }

    private static string Note(Setting setting) => setting.Kind switch
    {
        SettingKind.Secret => " *Secret.*",
        SettingKind.Trial => " *For trials.*",
        _ => "",
    };

    private static void Compare(string file, string expected)
    {
        if (Writes)
            Repository.Write(file, expected);
        Repository.Read(file).ShouldBe(expected, $"{file} is not what the list of settings says. Run this test with WRITE_SETTINGS=1.");
    }
}
