using LoanRelief.Domain.Loans;

namespace LoanRelief.Testing.SampleBook;

/// <summary>Who lends and guarantees in the sample book. All are invented but the branch of seed 003's story.</summary>
public static class SampleInstitutions
{
    public static IReadOnlyList<Institution> All { get; } =
    [
        Make("icbc-wencheng", "工商银行文成支行", InstitutionKind.Bank),
        Make("oujiang-bank", "瓯江样例银行", InstitutionKind.Bank),
        Make("yubei-bank", "渝北样例银行", InstitutionKind.Bank),
        Make("jingcheng-bank", "京城样例银行", InstitutionKind.Bank),
        Make("changhe-finance", "长河样例集团财务公司", InstitutionKind.GroupFinanceCompany),
        Make("pujiang-leasing", "浦江样例金融租赁公司", InstitutionKind.LeasingCompany),
        Make("shencheng-auto", "申城样例汽车金融公司", InstitutionKind.AutoFinanceCompany),
        Make("jiading-auto", "嘉定样例汽车金融公司", InstitutionKind.AutoFinanceCompany),
        Make("jingcheng-guarantee", "京城样例担保公司", InstitutionKind.GuaranteeCompany),
        Make("shijing-guarantee", "石景样例担保公司", InstitutionKind.GuaranteeCompany),
        Make("jingcheng-reguarantee", "京城样例再担保公司", InstitutionKind.ReGuaranteeCompany),
    ];

    private static Institution Make(string id, string name, InstitutionKind kind) =>
        new() { Id = Identifier.Parse<InstitutionId>(id), Name = name, Kind = kind };
}
