using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Models;

public static class ModelServices
{
    /// <summary>Adds <see cref="ModelSetup"/>, encoders, and the check of both. A wrong setting keeps a host from starting (<see cref="Setup.SettingsCheck"/>); a single command goes on by rules, and says so.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(provider => Open(configuration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => provider.GetRequiredService<ModelConnection>().Setup)
        .AddSingleton<IEncoders>(provider => new Encoders(
            configuration,
            provider.GetRequiredService<ModelConnection>(),
            provider.GetRequiredService<IModelCache>(),
            provider.GetRequiredService<IModelLedger>(),
            provider.GetRequiredService<PrivacySettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Encoders>>()))
        .AddSingleton<ISetupCheck>(provider => new ModelCheck(provider.GetRequiredService<ModelConnection>(), provider.GetRequiredService<TimeProvider>()));

    private static ModelConnection Open(IConfiguration configuration, TimeProvider time)
    {
        try
        {
            return ModelConnection.Open(ModelOptions.Read(configuration), time);
        }
        catch (UserErrorException wrong)
        {
            return ModelConnection.None(wrong.Message);
        }
    }
}
