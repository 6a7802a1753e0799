using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>Which functions a path fits, by the classes of ASP.NET Core with which the Functions host routes.</summary>
internal static class HostRouter
{
    private static readonly IInlineConstraintResolver Constraints =
        new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider().GetRequiredService<IInlineConstraintResolver>();

    public static IReadOnlyDictionary<string, HttpTriggerAttribute> Functions { get; } = typeof(Api).GetMethods()
        .SelectMany(m => m.GetParameters(), (m, p) => (m.GetCustomAttribute<FunctionAttribute>()?.Name, Trigger: p.GetCustomAttribute<HttpTriggerAttribute>()))
        .Where(f => f.Trigger is not null).ToDictionary(f => f.Name!, f => f.Trigger!);

    public static IReadOnlyList<string> FunctionOf(string method, string path)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path } };
        return [.. Functions.Where(f => Fits(context, f.Value)).Select(f => f.Key)];
    }

    private static bool Fits(HttpContext context, HttpTriggerAttribute trigger)
    {
        var template = TemplateParser.Parse(trigger.Route!);
        var values = new RouteValueDictionary();
        if (!new TemplateMatcher(template, []).TryMatch(context.Request.Path, values))
            return false;
        var constraints = new RouteConstraintBuilder(Constraints, trigger.Route!);
        foreach (var parameter in template.Parameters)
        {
            if (parameter.IsOptional)
                constraints.SetOptional(parameter.Name!);
            foreach (var inline in parameter.InlineConstraints)
                constraints.AddResolvedConstraint(parameter.Name!, inline.Constraint);
        }

        constraints.AddConstraint("httpMethod", new HttpMethodRouteConstraint(trigger.Methods!));
        return RouteConstraintMatcher.Match(constraints.Build(), values, context, new RouteCollection(), RouteDirection.IncomingRequest, NullLogger.Instance);
    }
}
