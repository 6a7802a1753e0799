using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog config check|explain|diff|set</c>: the configuration as code (docs/configuration.md).</summary>
internal static class ConfigCommand
{
    private const string Description = """
        The configuration of a backlog, as code: .github/serverless-backlog.yml on the default branch of the repository, or a document that is
        set here for Azure DevOps (docs/configuration.md).

        Examples:
          backlog config check .github/serverless-backlog.yml     is it right, and if not, what to mend
          backlog config explain                                  every value that holds, and where it comes from
          backlog config diff new.yml                             what a file would change
          backlog config set new.yml --backlog org/project        take a file over, where the tracker keeps none
          backlog config set all.yml --organization org           the same for all projects of an organization
        """;

    public static Command Create() => new("config", Description) { Check(), Explain(), Diff(), Set() };

    private static Argument<FileInfo?> File(bool isNeeded) => new("FILE")
    {
        Description = "The configuration, YAML.",
        Arity = isNeeded ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    private static Command Check()
    {
        var (file, json, dataDir) = (File(isNeeded: true), CommonOptions.Json(), CommonOptions.DataDir());
        var command = new Command("check", "Say what is wrong in a file, line by line. Exit code 1 when something is.") { file, json, dataDir };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, storage: null);
            var read = await ReadAsync(services, parsed.GetRequiredValue(file)!, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Ok = read.Errors.Count == 0, read.Errors, Keys = read.Layer.Values.Keys }, OutputJson.Options));
            else if (read.Errors.Count == 0)
                Console.WriteLine($"Nothing is wrong in it. It sets {Show.Count(read.Layer.Values.Count, "value")}; 'backlog config diff' shows what they would change.");
            foreach (var error in parsed.GetValue(json) ? [] : read.Errors)
                await Console.Error.WriteLineAsync($"backlog: {Show.OneLine(error)}");
            return read.Errors.Count == 0 ? BacklogCommand.Done : BacklogCommand.Failed;
        });
        return command;
    }

    private static Command Explain()
    {
        var (file, json, dataDir, storage, backlog) = (File(isNeeded: false), CommonOptions.Json(), CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog());
        var command = new Command("explain", "Show every value that holds, where it comes from, and what is held back; with a file, as if it were taken over.") { file, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var store = services.GetRequiredService<IBacklogStore>();
            var name = await CommandRun.ChooseBacklogAsync(store, parsed.GetValue(backlog), cancellation);
            var instead = parsed.GetValue(file) is { } given ? await InsteadAsync(services, name, given, cancellation) : null;
            var effective = await services.GetRequiredService<KeptSettings>().EffectiveAsync(name, cancellation, instead);
            var broken = (await services.GetRequiredService<Configurations>().KeptAsync(Configurations.NameOf(name), cancellation)).Broken;
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(ConfigText.Json(name, effective, broken), OutputJson.Options));
            else
                ConfigText.Print(name, effective, broken);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command Diff()
    {
        var (file, json, dataDir, storage, backlog) = (File(isNeeded: true), CommonOptions.Json(), CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog());
        var command = new Command("diff", "Show what a file would change against what is in force.") { file, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var kept = services.GetRequiredService<KeptSettings>();
            var after = await kept.EffectiveAsync(name, cancellation, await InsteadAsync(services, name, parsed.GetRequiredValue(file)!, cancellation));
            var differences = (await kept.EffectiveAsync(name, cancellation)).Wanted.To(after.Wanted);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = name, Differences = differences, after.Gated.Held }, OutputJson.Options));
            else
                ConfigText.Print(name, differences, after.Gated.Held);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command Set()
    {
        var (file, json, dataDir, storage, backlog) = (File(isNeeded: true), CommonOptions.Json(), CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog());
        var organization = new Option<string?>("--organization") { Description = "Set it for all projects of an Azure DevOps organization, under what each says itself.", HelpName = "NAME" };
        var command = new Command("set", "Take a file over, where the tracker keeps none (Azure DevOps, files). On GitHub commit it to the repository.") { file, backlog, organization, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var (text, path) = (await TextAsync(parsed.GetRequiredValue(file)!, cancellation), parsed.GetRequiredValue(file)!.Name);
            var store = services.GetRequiredService<IBacklogStore>();
            var organizationName = parsed.GetValue(organization);
            var name = organizationName is null ? await CommandRun.ChooseBacklogAsync(store, parsed.GetValue(backlog), cancellation) : organizationName;
            if (organizationName is null && await store.CursorAsync(name, ImportItems.SourceCursor, cancellation) is { } source && services.GetRequiredService<ConfigurationKeeper>().KeepsFiles(SourceAddress.Parse(source).Tracker))
                throw new UserErrorException($"'{name}' lies in a repository: commit the file there as {ConfigurationKeeper.FilePath}. It is taken over within two minutes.");
            var key = organizationName is null ? Configurations.NameOf(name) : Configurations.NameOfOwner(new SourceAddress("azuredevops", $"{organizationName}/any"));
            await services.GetRequiredService<Configurations>().SetAsync(key, path, text, cancellation);
            var version = Configurations.VersionOf(text);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Name = name, Version = version }, OutputJson.Options) : $"Taken over for {Show.OneLine(name)} (version {version}). Running programs go by it within a minute.");
            return BacklogCommand.Done;
        });
        return command;
    }

    /// <summary>The layers of a backlog with a file in place of its own.</summary>
    private static async Task<IReadOnlyList<ConfigurationLayer>> InsteadAsync(IServiceProvider services, string backlog, FileInfo file, CancellationToken cancellation)
    {
        var read = await ReadAsync(services, file, cancellation);
        if (read.Errors.Count > 0)
            throw new UserErrorException(string.Join(" ", read.Errors));
        return [.. (await services.GetRequiredService<Configurations>().LayersAsync(backlog, cancellation)).SkipLast(1), read.Layer];
    }

    private static async Task<ConfigurationText> ReadAsync(IServiceProvider services, FileInfo file, CancellationToken cancellation) =>
        services.GetRequiredService<IConfigurationReader>().Read(await TextAsync(file, cancellation), file.ToString());

    private static async Task<string> TextAsync(FileInfo file, CancellationToken cancellation) => file.Exists
        ? await System.IO.File.ReadAllTextAsync(file.FullName, cancellation)
        : throw new UserErrorException($"The file '{file}' does not exist. docs/configuration.md has one to begin with.");
}
