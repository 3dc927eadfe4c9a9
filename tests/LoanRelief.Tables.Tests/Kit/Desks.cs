using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LoanRelief.Tables.Tests.Kit;

internal static class Desks
{
    /// <summary>The desk and its jobs over stores, as a host wires them.</summary>
    public static ServiceProvider Over(Stores stores, BusinessClock clock, ICaseSignal signal, IEventChannel channel, ImportLimits? limits = null) => new ServiceCollection()
        .AddDesk(clock, CasePolicy.Default, BusinessCalendar.China)
        .AddSingleton(stores.Cases).AddSingleton(stores.Loans).AddSingleton(stores.Institutions).AddSingleton(stores.Jobs).AddSingleton(stores.Policies)
        .AddSingleton(stores.Calendars).AddSingleton(stores.Imports).AddSingleton(stores.Firms).AddSingleton(stores.Inquiries)
        .AddSingleton(limits ?? new())
        .AddSingleton(signal).AddSingleton(channel)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .BuildServiceProvider();
}
