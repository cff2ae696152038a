# What: one PDF of one or several pages of HTML, tagged and for keeping: PDF/A-2u (ISO 19005-2). Flow: pdf_child.c runs it as
# `python3 -I -c THIS`, sandboxed; standard input is the HTML, file 3 the style sheet, standard output the PDF. A byte 0 parts the
# documents of a batch: each has page numbers of its own, and begins on a new page.
# How: WeasyPrint 57 makes tagged (pdf/ua-1) or kept (pdf/a-3b) files. Here it makes a tagged one, and what PDF/A asks for besides
# is added before it is written: the colours' profile, the file's identifier, and metadata that claim no more than what was seen:
# level U when every glyph has its Unicode text, else level B. Source: ISO 19005-2 6.2.3, 6.2.11.7, 6.6.4, 6.7.11;
# docs/decisions/0039-letters-are-pdf-a-2u.md.
import hashlib
import sys
from importlib.resources import files

import pydyf
from weasyprint import CSS, HTML
from weasyprint.pdf.metadata import add_metadata
from weasyprint.text.fonts import FontConfiguration

PRINT = 4  # the annotation is printed, and not hidden (ISO 32000-1 table 165)


def is_text(text):
    return text and not set(text) & {'\0', '\ufeff', '\ufffe', '\uffff'}


def level(document):
    fonts = document.fonts.values()
    good = all(is_text(font.cmap.get(glyph)) for font in fonts for glyph in font.widths)
    return 'U' if good and not any(font.bitmap for font in fonts) else 'B'


def archive(document, pdf):
    profile = pydyf.Stream([(files('weasyprint.pdf') / 'sRGB2014.icc').read_bytes()],
                           pydyf.Dictionary({'N': 3, 'Alternate': '/DeviceRGB'}), compress=True)
    pdf.add_object(profile)
    pdf.catalog['OutputIntents'] = pydyf.Array([pydyf.Dictionary({
        'Type': '/OutputIntent',
        'S': '/GTS_PDFA1',
        'OutputConditionIdentifier': pydyf.String('sRGB IEC61966-2.1'),
        'DestOutputProfile': profile.reference,
    })])
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get('Type') == '/Annot':
            thing['F'] = PRINT
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get('Type') == '/Metadata':
            thing.free = 'f'  # PDF/UA is not claimed: nobody has validated it
    add_metadata(pdf, document.metadata, 'a', 2, level(document))


def main():
    pages = sys.stdin.buffer.read()
    with open(3, 'rb') as file:
        css = file.read().decode()
    config = FontConfiguration()
    style = CSS(string=css, font_config=config, base_url='about:blank')
    parts = [HTML(string=html.decode(), base_url='about:blank').render(stylesheets=[style], font_config=config)
             for html in pages.split(b'\0')]
    document = parts[0].copy([page for part in parts for page in part.pages])

    def structure_of_all(structure):
        for part in parts:
            part.build_element_structure(structure)

    document.build_element_structure = structure_of_all
    document.write_pdf(sys.stdout.buffer, finisher=archive, variant='pdf/ua-1',
                       identifier=hashlib.sha256(pages).hexdigest()[:32].encode())


main()
