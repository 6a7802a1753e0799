using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Setup;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_kept_is_read_as_settings()
    {
        var kept = new LocalSettings(folder);

        kept.Keep(new Dictionary<string, string> { ["GitHub:AppId"] = "5" });
        kept.Keep(new Dictionary<string, string> { ["GitHub:AppSlug"] = "tidy" });
        kept.Keep(LocalSecret.GitHubWebhook, "0123456789abcdef");
        var pem = kept.Keep(LocalSecret.GitHubPrivateKey, "-----BEGIN");

        var options = GitHubOptions.From(Read(), _ => null);
        (options.AppId, options.AppSlug, options.PrivateKey).ShouldBe(("5", "tidy", pem));
        options.WebhookSecrets.ShouldBe(["0123456789abcdef"]);
    }

    [Fact]
    public void A_secret_of_the_environment_comes_first_and_the_kept_one_stays_good()
    {
        new LocalSettings(folder).Keep(LocalSecret.GitHubWebhook, "kept");

        var configuration = LocalSettings.AddTo(new ConfigurationBuilder(), folder).AddInMemoryCollection([new("GitHub:WebhookSecrets:0", "given")]).Build();

        GitHubOptions.From(configuration, _ => null).WebhookSecrets.ShouldBe(["given", "kept"]);
    }

    [Fact]
    public void A_secret_is_readable_by_its_owner_only_also_after_it_was_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights otherwise.");
        var kept = new LocalSettings(folder);

        kept.Keep(LocalSecret.AzureDevOpsHook, "one");
        var path = kept.Keep(LocalSecret.AzureDevOpsHook, "two");

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(path).ShouldBe("two");
    }

    [Fact]
    public void Settings_that_were_spoilt_are_told_with_their_path()
    {
        File.WriteAllText(Path.Combine(folder, "settings.json"), "{ GitHub");

        Should.Throw<UserErrorException>(() => Read()).Message.ShouldContain("settings.json");
    }

    [Fact]
    public void New_secrets_have_32_bytes_and_differ()
    {
        LocalSettings.NewSecret().Length.ShouldBe(64);
        LocalSettings.NewSecret().ShouldNotBe(LocalSettings.NewSecret());
    }

    private IConfiguration Read() => LocalSettings.AddTo(new ConfigurationBuilder(), folder).Build();
}
